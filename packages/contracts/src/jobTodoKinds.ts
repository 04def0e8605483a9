/** What a person decides about a job: whose referral it converts, or what a refund or a dispute does to its rewards. */
export const jobTodoKinds = ['conversion', 'refund', 'dispute'] as const
export type JobTodoKind = (typeof jobTodoKinds)[number]

/** done: somebody decided, or nothing is left to decide. dismissed: staff left everything as it is. */
export const jobTodoStates = ['open', 'done', 'dismissed'] as const
export type JobTodoState = (typeof jobTodoStates)[number]
