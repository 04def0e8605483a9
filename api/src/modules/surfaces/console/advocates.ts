import * as advocates from '../../program/advocates/advocates.ts'
import * as settings from '../../program/advocates/settings.ts'
import { loadAdvocate } from './advocates.queries.ts'
import { returningChanged, returningCreated } from './returning.ts'

const returning = returningChanged(loadAdvocate)

export const inviteAdvocate = returningCreated(loadAdvocate)(advocates.inviteAdvocate)
export const changeCode = returning(settings.changeCode)
export const changeExceptions = returning(settings.changeExceptions)
export const archiveAdvocate = returning(settings.archiveAdvocate)
export const restoreAdvocate = returning(settings.restoreAdvocate)
