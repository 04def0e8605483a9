import { programProblems } from './problems.program.ts'
import { requestProblems } from './problems.request.ts'

/** Every refusal the API can give. A code never changes its meaning; new ones are added. */
export const problems = { ...requestProblems, ...programProblems } as const

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as ProblemCode[]
