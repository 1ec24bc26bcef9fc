/** An entity known by its id alone. */
export interface Reference {
  readonly id: string
}
