/** The units a list may show: all in reach, or the one asked for if it is among them. */
export function inScope(scope: readonly string[], unit_id: string | undefined): readonly string[] {
  return unit_id === undefined ? scope : scope.filter((one) => one === unit_id);
}
