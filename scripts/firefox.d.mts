export function findFirefox(): string | null
export function findOnPath(programs: string[]): string | null
