import { jobProblems } from './problems.jobs.ts'
import { programProblems } from './problems.program.ts'
import { requestProblems } from './problems.request.ts'
import { rewardProblems } from './problems.rewards.ts'

/** All API errors. A code never changes its meaning; new ones may be added. */
export const problems = { ...requestProblems, ...programProblems, ...jobProblems, ...rewardProblems } as const

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as ProblemCode[]
