import { scriptTokens } from "./scriptTokens";

/**
 * A short mark of what a TypeScript file does: the same for as long as only comments, spaces and line breaks between
 * tokens change. No protection against somebody who wants two texts with the same mark.
 */
export function codeDigest(text: string): string {
  const digest = new Digest();
  for (const token of scriptTokens(text)) {
    digest.add(token.text);
  }
  return digest.text();
}

/** Two 32-bit multiply-and-xor hashes side by side; a separator ends each stretch. */
class Digest {
  private high = 0x9e3779b9;
  private low = 0x85ebca6b;

  add(text: string): void {
    for (let offset = 0; offset < text.length; offset += 1) {
      this.mix(text.charCodeAt(offset));
    }
    this.mix(0x10000);
  }

  text(): string {
    return [this.high, this.low].map((part) => (part >>> 0).toString(36)).join("-");
  }

  private mix(code: number): void {
    this.high = Math.imul(this.high ^ code, 0x9e3779b1);
    this.low = Math.imul(this.low ^ code, 0x5f356495);
    this.low ^= this.high >>> 15;
  }
}
