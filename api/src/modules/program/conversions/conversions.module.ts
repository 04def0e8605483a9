import { defineModule } from '../../../shared/module.ts'
import { conversionsOfContacts } from './conversions.contact.ts'

export const conversionsModule = defineModule({
  name: 'conversions',
  contact: conversionsOfContacts,
})
