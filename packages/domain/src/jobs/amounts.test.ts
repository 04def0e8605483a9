import { Currency } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minorDigits } from '../money.ts'
import { readDecimal, readMinor, readStripe } from './amounts.ts'
import { currencyCode, currencyDigits, stripeDigits } from './currencies.ts'

describe('currencies', () => {
  it('have the decimals of ISO 4217, not those of Intl', () => {
    const digits = (codes: string) => codes.split(' ').map(currencyDigits)
    expect(digits('USD EUR HUF IDR COP PKR MGA')).toEqual([2, 2, 2, 2, 2, 2, 2])
    expect(digits('JPY ISK UGX KRW XOF')).toEqual([0, 0, 0, 0, 0])
    expect(digits('KWD BHD IQD TND')).toEqual([3, 3, 3, 3])
    expect(digits('CLF')).toEqual([4])
    expect(digits('usd XXX BTC __proto__ constructor')).toEqual([null, null, null, null, null])
    expect(currencyCode(' eur ')).toBe('EUR')
    expect(currencyCode('€')).toBeNull()
  })

  it('are all that Node knows and people pay with today', () => {
    const gone =
      /^(ADP|AFA|AL[KV]|AO[KNR]|AR[ALMPS]|ATS|AZM|BA[DN]|BE[CFL]|BG[LMO]|BO[LPV]|BR[BCENRZ]|BUK|BY[BR]|CH[EW]|CL[EF]|CN[HX]|COU|CS[DK]|CUC|CYP|DDM|DEM|EC[SV]|EEK|ES[ABP]|FIM|FRF|GEK|GHC|GNS|GQE|GRD|GW[EP]|HR[DK]|IEP|IL[PR]|ISJ|ITL|KR[HO]|LT[LT]|LU[CFL]|LV[LR]|MAF|MCF|MDC|MGF|MKN|MLF|MRO|MT[LP]|MVP|MX[PV]|MZ[EM]|NIC|NLG|PE[IS]|PLZ|PTE|RHD|ROL|RUR|SD[DP]|SIT|SKK|SLL|SRG|STD|SUR|TJR|TMM|TPE|TRL|UAK|UG[SW]|US[NS]|UY[IPW]|VE[BF]|VNN|X[A-Z]{2}|YDD|YU[DMNR]|ZAL|ZMK|ZRN|ZRZ|ZW[DLR])$/
    const missing = Intl.supportedValuesOf('currency').filter(
      (code) => currencyDigits(code) === null && !gone.test(code),
    )
    expect(missing).toEqual([])
  })

  it('of campaigns agree with those of events', () => {
    for (const currency of Currency.options)
      expect([currency, currencyDigits(currency)]).toEqual([currency, minorDigits(currency)])
  })

  it('are counted by Stripe as its list of special cases says', () => {
    expect(['ISK', 'UGX', 'MGA', 'JPY', 'KWD', 'HUF', 'TWD'].map(stripeDigits)).toEqual([2, 2, 0, 0, 3, 2, 2])
  })
})

describe('an amount of Stripe', () => {
  it.each([
    ['500', 'USD', 500],
    ['500', 'JPY', 500],
    ['500', 'ISK', 5],
    ['500', 'UGX', 5],
    ['500', 'MGA', 50_000],
    ['5120', 'KWD', 5_120],
    ['100000', 'HUF', 100_000],
  ])('%s %s is %d minor units (C22)', (text, currency, amount) => {
    expect(readStripe(text, currency)).toEqual({ amount, rounded: false })
  })

  it('that is no whole króna is rounded half up and says so', () => {
    expect(readStripe('550', 'ISK')).toEqual({ amount: 6, rounded: true })
    expect(readStripe('549', 'ISK')).toEqual({ amount: 5, rounded: true })
  })
})

describe('an amount in words of another system', () => {
  it.each([
    ['1000', 'JPY', 1_000, false],
    ['1000.00', 'JPY', 1_000, false],
    ['16.24', 'JPY', 16, true],
    ['409.94', 'USD', 40_994, false],
    ['1.005', 'USD', 101, true],
    ['0.1', 'USD', 10, false],
    ['0', 'USD', 0, false],
    ['-0.00', 'USD', 0, false],
    ['5.12', 'KWD', 5_120, false],
    ['000012.50', 'EUR', 1_250, false],
  ])('%s %s is %d minor units, rounded: %s (C23)', (text, currency, amount, rounded) => {
    expect(readDecimal(text, currency)).toEqual({ amount, rounded })
  })

  it.each(['1,200.50', '1e3', '', ' ', '$5', '5.', '.5', 'NaN', '٣', '1 000', '0x10', '1_000', '+5'])(
    '"%s" is refused, not guessed (C23)',
    (text) => {
      expect(readDecimal(text, 'USD')).toEqual({ problem: 'amount_unreadable' })
    },
  )

  it('below zero, far too large, or of an unknown currency is refused', () => {
    expect(readDecimal('-5.00', 'USD')).toEqual({ problem: 'amount_negative' })
    expect(readDecimal('-50.00', 'USD', { signed: true })).toEqual({ amount: -5_000, rounded: false })
    expect(readDecimal('1000000000.01', 'USD')).toEqual({ problem: 'amount_too_large' })
    expect(readDecimal('99999999999999999999999999', 'JPY')).toEqual({ problem: 'amount_too_large' })
    expect(readDecimal('5.00', 'XXX')).toEqual({ problem: 'currency_unknown' })
    expect(readMinor('385.5', 'USD')).toEqual({ problem: 'amount_unreadable' })
    expect(readMinor('38500', 'USD')).toEqual({ amount: 38_500, rounded: false })
  })

  it('is exact for every amount of cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (cents) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
        expect(readDecimal(text, 'USD')).toEqual({ amount: cents, rounded: false })
      }),
    )
  })
})
