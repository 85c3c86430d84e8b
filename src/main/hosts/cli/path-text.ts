/** Characters that steer a terminal instead of being shown, or that turn the order of the text around them. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const STEERING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A path for people to read: what steers a terminal is written as JSON would write it, so that a name cannot. */
export function pathText(path: string): string {
  return path.replace(STEERING, escaped);
}

/** The same for whole lines that may have paths in them: line ends stay. */
export function printable(text: string): string {
  return text.replace(STEERING, (character) => (character === '\n' ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
