import { adoptedKinds } from "../adopted/adoptedKinds";
import { checkAdoption } from "../adopted/checkAdoption";

for (const typeorm of ["typeorm", "typeorm-0.3"] as const) {
  describe(`an application's migrations and entities, with ${typeorm}`, function () {
    this.timeout(300_000);
    for (const kind of adoptedKinds) {
      it(kind.title, () => checkAdoption(kind, typeorm));
    }
  });
}
