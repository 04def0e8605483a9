import * as advocates from '../../program/advocates/advocates.ts'
import * as settings from '../../program/advocates/settings.ts'
import { loadAdvocate } from './advocates.queries.ts'
import { answering, answeringNew } from './answering.ts'

const answered = answering(loadAdvocate)

export const inviteAdvocate = answeringNew(loadAdvocate)(advocates.inviteAdvocate)
export const changeCode = answered(settings.changeCode)
export const changeExceptions = answered(settings.changeExceptions)
export const archiveAdvocate = answered(settings.archiveAdvocate)
export const restoreAdvocate = answered(settings.restoreAdvocate)
