import * as vscode from "vscode";
import type { DatabaseChoice } from "../../engine/protocol";
import type { Project } from "../project/project";
import type { Log } from "../shared/log";
import { secretsOfUrl } from "../shared/redact";
import { databaseChoice, environmentMeant, isSameChoice, labelOfUrl, readChoice } from "./environmentChoice";
import type { EnvironmentChoice } from "./environmentChoice";

const choiceKey = (project: Project): string => `environment:${project.id}`;
const passwordsKey = (project: Project): string => `passwords:${project.id}`;
const secretKey = (project: Project): string => `url:${project.id}`;

/** Remembers which database each project works on. Whole URLs are kept in the secret storage only. */
export class EnvironmentService implements vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<Project>();
  readonly onDidChange = this.changeEmitter.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {}

  /**
   * What was chosen, though the configuration may not name it any more: that is for the engine to refuse, since no other
   * database was meant.
   */
  choiceOf(project: Project): EnvironmentChoice {
    return readChoice(this.state.get(choiceKey(project)));
  }

  /** Whether nothing else was chosen meanwhile. */
  isStillChosen(project: Project, choice: EnvironmentChoice): boolean {
    return isSameChoice(this.choiceOf(project), choice);
  }

  /** A choice as the engine takes it; undefined where its URL is not in the secret storage any more. */
  async databaseOf(project: Project, choice: EnvironmentChoice): Promise<DatabaseChoice | undefined> {
    const url = choice.kind === "url" ? await this.secrets.get(secretKey(project)) : undefined;
    if (url !== undefined) {
      this.log.hide(secretsOfUrl(url));
    }
    const chosen = databaseChoice(choice, url);
    const passwords = await this.passwordsOf(project);
    return chosen === undefined || Object.keys(passwords).length === 0 ? chosen : { ...chosen, passwords };
  }

  /**
   * Asks for the password of a database's user and keeps it as a secret. False where the user leaves.
   * @param database its name as runs report it; for another one the password is not used
   */
  async askForPassword(project: Project, database: string): Promise<boolean> {
    const { [database]: refused, ...others } = await this.passwordsOf(project);
    if (refused !== undefined) {
      // It may have been changed, also in the configuration: that counts again.
      await this.secrets.store(passwordsKey(project), JSON.stringify(others));
    }
    const password = await vscode.window.showInputBox({
      title: vscode.l10n.t("Alembic: Password"),
      prompt: vscode.l10n.t("The password for {0}. It is kept in the editor's secret storage.", database),
      password: true,
      ignoreFocusOut: true,
    });
    if (password === undefined || password === "") {
      return false;
    }
    this.log.hide([password]);
    await this.secrets.store(passwordsKey(project), JSON.stringify({ ...others, [database]: password }));
    return true;
  }

  private async passwordsOf(project: Project): Promise<Readonly<Record<string, string>>> {
    const stored = await this.secrets.get(passwordsKey(project));
    const passwords = stored === undefined ? {} : (JSON.parse(stored) as Readonly<Record<string, string>>);
    this.log.hide(Object.values(passwords));
    return passwords;
  }

  /** Whether the configuration marks the environment that is meant as production. */
  isProduction(project: Project): boolean {
    return environmentMeant(this.choiceOf(project), project.config)?.production === true;
  }

  /** The colour that the configuration gives the environment that is meant. */
  colorOf(project: Project): string | undefined {
    return environmentMeant(this.choiceOf(project), project.config)?.color;
  }

  async choose(project: Project, choice: Exclude<EnvironmentChoice, { kind: "url" }>): Promise<void> {
    await this.state.update(choiceKey(project), choice.kind === "default" ? undefined : choice);
    await this.secrets.delete(secretKey(project));
    this.changeEmitter.fire(project);
  }

  async chooseUrl(project: Project, url: string): Promise<void> {
    const choice: EnvironmentChoice = { kind: "url", label: labelOfUrl(url) ?? "" };
    this.log.hide(secretsOfUrl(url));
    await this.secrets.store(secretKey(project), url);
    await this.state.update(choiceKey(project), choice);
    this.changeEmitter.fire(project);
  }

  dispose(): void {
    this.changeEmitter.dispose();
  }
}
