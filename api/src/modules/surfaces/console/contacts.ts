import * as addresses from '../../people/contacts/addresses.ts'
import * as duplicates from '../../people/contacts/duplicateDismissal.ts'
import * as profile from '../../people/contacts/profile.ts'
import * as erasing from '../person/erasing.ts'
import * as merging from '../person/merging.ts'
import { answering } from './answering.ts'
import { loadContact } from './contacts.detail.queries.ts'

const answered = answering(loadContact)

export const updateContact = answered(profile.updateContact)
export const addAddress = answered(addresses.addAddress)
export const confirmAddress = answered(addresses.confirmAddress)
export const removeAddress = answered(addresses.removeAddress)
export const dismissDuplicate = answered(duplicates.dismissDuplicate)
export const mergeContacts = answered(merging.mergeContacts)
export const eraseContact = answered(erasing.eraseContact)
