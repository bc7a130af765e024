/** Token kinds; a single punctuation mark has its own character code as kind. */
export const END: number = 0;
export const NAME: number = 1;
export const STRING: number = 2;
export const TEMPLATE: number = 3;
export const NUMBER: number = 4;
export const REGULAR_EXPRESSION: number = 5;
export const ARROW: number = 6;
/** `==`, `!=`, `+=` and the like: anything with an equals sign that neither declares nor simply assigns. */
export const EQUALS_OPERATOR: number = 7;

export const OPEN_BRACE: number = 0x7b;
export const CLOSE_BRACE: number = 0x7d;
export const OPEN_BRACKET: number = 0x5b;
export const CLOSE_BRACKET: number = 0x5d;
export const OPEN_PARENTHESIS: number = 0x28;
export const CLOSE_PARENTHESIS: number = 0x29;
export const COLON: number = 0x3a;
export const SEMICOLON: number = 0x3b;
export const COMMA: number = 0x2c;
export const DOT: number = 0x2e;
export const EQUALS: number = 0x3d;
export const LESS: number = 0x3c;
export const GREATER: number = 0x3e;
export const BAR: number = 0x7c;
export const AMPERSAND: number = 0x26;
export const EXCLAMATION: number = 0x21;
