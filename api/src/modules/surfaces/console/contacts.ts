import * as addresses from '../../people/contacts/addresses.ts'
import * as duplicates from '../../people/contacts/duplicateDismissal.ts'
import * as profile from '../../people/contacts/profile.ts'
import * as erasing from '../person/erasing.ts'
import * as merging from '../person/merging.ts'
import { loadContact } from './contacts.detail.queries.ts'
import { returningChanged } from './returning.ts'

const returning = returningChanged(loadContact)

export const updateContact = returning(profile.updateContact)
export const addAddress = returning(addresses.addAddress)
export const confirmAddress = returning(addresses.confirmAddress)
export const removeAddress = returning(addresses.removeAddress)
export const dismissDuplicate = returning(duplicates.dismissDuplicate)
export const mergeContacts = returning(merging.mergeContacts)
export const eraseContact = returning(erasing.eraseContact)
