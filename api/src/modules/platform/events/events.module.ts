import { defineModule } from '../../../shared/module.ts'

export const eventsModule = defineModule({ name: 'events' })
