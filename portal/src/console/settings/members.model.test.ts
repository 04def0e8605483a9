import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { createInvitation, createMembers, describeBrowser } from './members.model.ts'

const member = (n: number, role: string) => ({
  id: idOf('mem', n),
  name: `Member ${n}`,
  email: `member${n}@members.example`,
  role,
  status: 'active',
  createdAt: '2026-05-01T18:00:00Z',
  lastSeenAt: null,
})

describe('the members', () => {
  it('stay listed when a change is rejected, with the reason above them', async () => {
    const { client } = clientRespondingWith(({ method }) =>
      method === 'PATCH' ? problemResponse('last_owner') : json({ items: [member(1, 'owner')] }),
    )
    const model = createMembers({ client })
    await model.list.load()
    const [owner] = model.list.data.value?.items ?? []
    if (!owner) throw new Error('Nobody is listed.')
    expect(await model.changeRole(owner, 'staff')).toBe(false)
    expect(model.problem.value).toBe('This is the only owner. Make someone else an owner first.')
    expect(model.list.data.value?.items).toHaveLength(1)
  })

  it('are changed once, no matter how often the button is pressed', async () => {
    const { client, sent } = clientRespondingWith(({ method }) =>
      method === 'GET' ? json({ items: [member(1, 'staff')] }) : json(member(1, 'admin')),
    )
    const model = createMembers({ client })
    await model.list.load()
    const [staff] = model.list.data.value?.items ?? []
    if (!staff) throw new Error('Nobody is listed.')
    await Promise.all([model.changeRole(staff, 'admin'), model.changeRole(staff, 'admin')])
    expect(sent.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
  })

  it('are not invited twice: the error at the address says who has it', async () => {
    const { client } = clientRespondingWith(() => problemResponse('member_exists'))
    const model = createInvitation({ client })
    model.name.value = 'Sam Lee'
    model.email.value = 'sam@members.example'
    expect(await model.invite()).toBeNull()
    expect(model.sending.errors.value.email).toContain('already a member')
    expect(model.email.value).toBe('sam@members.example')
  })
})

describe('a browser', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)'
  it.each([
    [`${mac} Chrome/131.0.0.0 Safari/537.36`, 'Chrome on macOS'],
    [`${mac} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`, 'Edge on macOS'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1',
      'Safari on iPhone',
    ],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox on Windows'],
    ['Mozilla/5.0 (Linux; Android 14) Chrome/131.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['curl/8.5.0', 'Unknown browser'],
    [null, 'Unknown browser'],
  ])('is named from the user agent: %s', (userAgent, name) => {
    expect(describeBrowser(userAgent)).toBe(name)
  })
})
