import * as z from 'zod'
import { endpoint, staff, staffOrFullKey } from './endpoint.ts'
import { ApiKey, CreatedKey, CreateKey } from './keys.ts'
import { InviteMember, Member } from './members.ts'
import {
  AuditEntry,
  AuditFilter,
  AuditGroup,
  AuditQuery,
  ChangeMember,
  CreateOrganization,
  Me,
  Organization,
  RotateKey,
  StaffSession,
  UpdateOrganization,
  UploadLogo,
} from './organizations.ts'
import { id, idParams, page } from './primitives.ts'
import { AddSite, Site } from './sites.ts'

const list = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) })

/** JSON Schema has no type for bytes, so the reference shows a file. */
const file = z.instanceof(Uint8Array).meta({ override: { type: 'string', format: 'binary' } })

/** The organization, its members, keys and websites. */
export const organizationEndpoints = {
  me: {
    get: endpoint({
      method: 'GET',
      path: '/v1/me',
      summary: 'Get the current member or key, and its organization',
      access: staff(null),
      response: Me,
    }),
    switchOrganization: endpoint({
      method: 'POST',
      path: '/v1/me/organization',
      summary: 'Switch to another of your organizations',
      access: staff(null),
      body: z.strictObject({ organizationId: id('organization') }),
    }),
  },
  organization: {
    get: endpoint({
      method: 'GET',
      path: '/v1/organization',
      summary: 'Get the current organization',
      access: staff('settings:read'),
      response: Organization,
    }),
    archive: endpoint({
      method: 'GET',
      path: '/v1/organization/archive',
      summary: 'Export the whole organization as one file, to keep or to move',
      access: staffOrFullKey('settings:write'),
      response: file,
      media: 'application/gzip',
    }),
    create: endpoint({
      method: 'POST',
      path: '/v1/organizations',
      summary: 'Create another organization and switch to it',
      access: staff(null),
      body: CreateOrganization,
      response: Organization,
      status: 201,
    }),
    update: endpoint({
      method: 'PATCH',
      path: '/v1/organization',
      summary: 'Update the organization',
      access: staff('settings:write'),
      body: UpdateOrganization,
      response: Organization,
    }),
    setLogo: endpoint({
      method: 'POST',
      path: '/v1/organization/logo',
      summary: "Upload the organization's logo",
      access: staff('settings:write'),
      body: UploadLogo,
      response: Organization,
    }),
    removeLogo: endpoint({
      method: 'DELETE',
      path: '/v1/organization/logo',
      summary: "Delete the organization's logo",
      access: staff('settings:write'),
      response: Organization,
    }),
  },
  sessions: {
    list: endpoint({
      method: 'GET',
      path: '/v1/sessions',
      summary: 'List your sessions; empty for a key',
      access: staff(null),
      response: list(StaffSession),
    }),
    end: endpoint({
      method: 'DELETE',
      path: '/v1/sessions/:id',
      summary: 'End one of your sessions',
      access: staff(null),
      params: idParams('session'),
    }),
    endOthers: endpoint({
      method: 'POST',
      path: '/v1/sessions/end-others',
      summary: 'End all of your sessions except this one',
      access: staff(null),
      response: list(StaffSession),
    }),
  },
  members: {
    list: endpoint({
      method: 'GET',
      path: '/v1/members',
      summary: 'List members',
      access: staff('settings:read'),
      response: list(Member),
    }),
    invite: endpoint({
      method: 'POST',
      path: '/v1/members',
      summary: 'Invite a member by email',
      access: staffOrFullKey('settings:write'),
      body: InviteMember,
      response: Member,
      status: 201,
    }),
    update: endpoint({
      method: 'PATCH',
      path: '/v1/members/:id',
      summary: "Change a member's role",
      access: staffOrFullKey('settings:write'),
      params: idParams('member'),
      body: ChangeMember,
      response: Member,
    }),
    resend: endpoint({
      method: 'POST',
      path: '/v1/members/:id/resend',
      summary: "Resend a member's invitation",
      access: staffOrFullKey('settings:write'),
      params: idParams('member'),
      response: Member,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: '/v1/members/:id',
      summary: 'Remove a member and end their sessions in this organization',
      access: staffOrFullKey('settings:write'),
      params: idParams('member'),
    }),
  },
  keys: {
    list: endpoint({
      method: 'GET',
      path: '/v1/keys',
      summary: 'List keys',
      access: staff('settings:read'),
      response: list(ApiKey),
    }),
    create: endpoint({
      method: 'POST',
      path: '/v1/keys',
      summary: 'Create a key; its secret is shown only once',
      access: staff('settings:write'),
      body: CreateKey,
      response: CreatedKey,
      status: 201,
    }),
    revoke: endpoint({
      method: 'POST',
      path: '/v1/keys/:id/revoke',
      summary: 'Revoke a key at once',
      access: staff('settings:write'),
      params: idParams('key'),
      response: ApiKey,
    }),
    rotate: endpoint({
      method: 'POST',
      path: '/v1/keys/:id/rotate',
      summary: 'Rotate a key; the old one keeps working for a while',
      access: staff('settings:write'),
      params: idParams('key'),
      body: RotateKey,
      response: CreatedKey,
      status: 201,
    }),
  },
  audit: {
    list: endpoint({
      method: 'GET',
      path: '/v1/audit',
      summary: 'List audit trail entries',
      access: staff('settings:read'),
      query: AuditQuery,
      response: page(AuditEntry),
    }),
    groups: endpoint({
      method: 'GET',
      path: '/v1/audit/groups',
      summary: 'List the kinds of audit trail entries, for filters',
      access: staff('settings:read'),
      response: list(AuditGroup),
    }),
    export: endpoint({
      method: 'GET',
      path: '/v1/audit/export',
      summary: 'Export the audit trail as CSV',
      access: staff('settings:read'),
      query: AuditFilter,
      response: z.string(),
      media: 'text/csv',
    }),
  },
  sites: {
    list: endpoint({
      method: 'GET',
      path: '/v1/sites',
      summary: 'List the websites that may embed the form',
      access: staff('settings:read'),
      response: list(Site),
    }),
    add: endpoint({
      method: 'POST',
      path: '/v1/sites',
      summary: 'Allow a website',
      access: staff('settings:write'),
      body: AddSite,
      response: Site,
      status: 201,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: '/v1/sites/:id',
      summary: 'Remove a website',
      access: staff('settings:write'),
      params: idParams('site'),
    }),
  },
} as const
