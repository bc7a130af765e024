import * as vscode from "vscode";
import type { DatabaseChoice } from "../../engine/protocol";
import type { Project } from "../project/project";
import type { Log } from "../shared/log";
import { secretsOfUrl } from "../shared/redact";
import { databaseChoice, environmentMeant, isSameChoice, labelOfUrl, readChoice } from "./environmentChoice";
import type { EnvironmentChoice } from "./environmentChoice";

const choiceKey = (project: Project): string => `environment:${project.id}`;
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
    return databaseChoice(choice, url);
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
