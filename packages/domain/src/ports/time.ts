/** The only way rules and services learn what time it is. Milliseconds UTC. */
export interface TimeSource {
  now_ms(): number;
}
