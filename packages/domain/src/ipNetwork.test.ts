import { expect, it } from 'vitest'
import { forwardedAddress, networkBlockOf, networkOf } from './ipNetwork.ts'

it('an IPv4 address is its own network, even when written as IPv6', () => {
  expect(networkOf('198.51.100.7')).toBe('198.51.100.7')
  expect(networkOf('::ffff:198.51.100.7')).toBe('198.51.100.7')
})

it('two devices in one household share the first 64 bits of IPv6', () => {
  const phone = networkOf('2001:db8:12:34:a1b2:c3d4:e5f6:1')
  expect(phone).toBe('2001:db8:12:34::/64')
  expect(networkOf('2001:0DB8:0012:0034::99')).toBe(phone)
  expect(networkOf('2001:db8:12:35::99')).not.toBe(phone)
})

it('the omitted part of an IPv6 address is zeros', () => {
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('2001:db8::5')).toBe('2001:db8:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})

it('has the block an IPv6 provider gives to one customer', () => {
  expect(networkBlockOf('2001:db8:12:34::1')).toBe('2001:db8:12::/48')
  expect(networkBlockOf('2001:db8:12:ffff::1')).toBe('2001:db8:12::/48')
  expect(networkBlockOf('::ffff:198.51.100.7')).toBeNull()
  expect(networkBlockOf('198.51.100.7')).toBeNull()
})

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['198.51.100.7:4711', '198.51.100.7'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['unknown', null],
  ['_hidden', null],
  ['198.51.100.700', null],
  ['0x7f.1', null],
  ['', null],
  ['198.51.100.7, evil', null],
])('a proxy forwards an address and nothing else: %j', (hop, address) => expect(forwardedAddress(hop)).toBe(address))
