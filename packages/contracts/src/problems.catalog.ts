/** `title` says what happened; `cure` says how to fix it and is the default detail. */
export type Catalog = Record<string, { status: number; title: string; cure: string }>
