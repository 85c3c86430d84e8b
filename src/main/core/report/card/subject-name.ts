/** A subject as people read it. @param name as `subjectOf` says it */
export function subjectName(name: string): string {
  return name === '' ? 'in no subfolder' : name;
}
