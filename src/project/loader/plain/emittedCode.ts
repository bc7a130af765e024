/** As TypeScript's own: what decorates, and what notes types where there is somewhere to note them. */
export const decorate = oneLine(`
var __decorate = function (decorators, target, key, description) {
  const isMember = arguments.length > 2;
  let result = !isMember ? target : description === null ? Object.getOwnPropertyDescriptor(target, key) : description;
  if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
    result = Reflect.decorate(decorators, target, key, description === null ? result : description);
  } else {
    for (const decorator of decorators.slice().reverse()) {
      if (decorator) result = (isMember ? decorator(target, key, result) : decorator(result)) || result;
    }
  }
  if (isMember && result) Object.defineProperty(target, key, result);
  return result;
};
var __metadata = function (key, value) {
  if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(key, value);
};`);

/** Gives a CommonJS module that knows of no default export one: itself. */
export const importDefault =
  "var __importDefault = function (module) { return module && module.__esModule ? module : { default: module }; };";
/** Gives all that a module exports as one object, a CommonJS module itself as its default export. */
export const importWhole = oneLine(`
var __importWhole = function (module) {
  if (module && module.__esModule) return module;
  const whole = {};
  if (module !== null && module !== undefined) {
    for (const key of Object.getOwnPropertyNames(module)) {
      if (key !== "default") Object.defineProperty(whole, key, { enumerable: true, get: () => module[key] });
    }
  }
  Object.defineProperty(whole, "default", { enumerable: true, value: module });
  return whole;
};`);

/** Passes on what another module exports, as it is when it is read. */
export const passOn = oneLine(`
var __passOn = function (module) {
  for (const key of Object.keys(module)) {
    if (key !== "default" && !Object.prototype.hasOwnProperty.call(exports, key))
      Object.defineProperty(exports, key, { enumerable: true, get: () => module[key] });
  }
};`);

function oneLine(code: string): string {
  return code.replaceAll(/\n\s*/g, " ").trim();
}
