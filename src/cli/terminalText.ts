/**
 * What a terminal takes for a command and not for text: C0 and C1 controls but for tab and line ends, and the marks that
 * turn the direction of writing round, by which a text can show other than it says (Unicode, UAX #9).
 */
const controls =
  /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text of a file, a database or a person as a terminal may show it: what would move the cursor, change the title or the
 * clipboard, or write backwards stands there as its number, `\\u001b`.
 */
export function terminalText(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
