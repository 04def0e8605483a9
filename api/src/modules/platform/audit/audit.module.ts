import { defineModule } from '../../../shared/module.ts'

export const auditModule = defineModule({ name: 'audit' })
