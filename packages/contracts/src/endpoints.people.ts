import { endpoint, staff } from './endpoint.ts'
import { Advocate, AdvocateQuery, InviteAdvocate } from './people.ts'
import { onlyId, page } from './primitives.ts'

/** Who recommends, and everyone the organization knows. */
export const peopleEndpoints = {
  advocates: {
    list: endpoint({
      method: 'GET',
      path: '/v1/advocates',
      summary: 'List advocates',
      access: staff('advocates:read'),
      query: AdvocateQuery,
      response: page(Advocate),
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/advocates/:id',
      summary: 'Get an advocate with link and balance',
      access: staff('advocates:read'),
      params: onlyId('enrollment'),
      response: Advocate,
    }),
    invite: endpoint({
      method: 'POST',
      path: '/v1/advocates',
      summary: 'Enroll and invite an advocate',
      access: staff('advocates:write'),
      body: InviteAdvocate,
      response: Advocate,
      status: 201,
    }),
    resend: endpoint({
      method: 'POST',
      path: '/v1/advocates/:id/resend',
      summary: 'Send the invitation again',
      access: staff('advocates:write'),
      params: onlyId('enrollment'),
    }),
  },
} as const
