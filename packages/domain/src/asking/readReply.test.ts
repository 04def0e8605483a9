import { describe, expect, it } from 'vitest'
import { isStopped, numberAfterRefusal } from './channels.ts'
import { readReply } from './readReply.ts'

const stops: Record<string, string[]> = {
  English: [
    'STOP',
    'stop.',
    'Stop!!!',
    ' sToP ',
    'STOPALL',
    'Unsubscribe',
    'UNSUB',
    'cancel',
    'END',
    'quit',
    'Revoke',
    'opt out',
    'Opt-out',
    'OPTOUT please',
    'stop it',
    'Stop texting me please',
    'Please stop sending me these texts',
    'stop all messages',
    'Please stop. Thank you!',
    'STOP SMS',
    'S T O P',
    's.t.o.p.',
    'cancel texts',
    'End messages',
    'Remove me from your list',
    'Take me off this list please',
    'No more texts',
    "Don't text me anymore",
    'do not contact me again',
    'Leave me alone!',
    'I want to unsubscribe',
  ],
  German: [
    'Stopp',
    'Bitte stoppen',
    'abmelden',
    'Abbestellen bitte',
    'Keine Nachrichten mehr',
    'Bitte keine SMS mehr!',
    'Hört auf',
    'Beenden',
  ],
  Spanish: [
    'BAJA',
    'Parar por favor',
    'Cancelar',
    'No más mensajes',
    'Quiero darme de baja',
    'dejen de escribirme, gracias',
    'alto',
  ],
  French: [
    'ARRÊT',
    'arrêtez svp',
    'Désabonnement',
    'Plus de messages, merci',
    'Ne m’écrivez plus',
    "arrêtez de m'écrire",
    'STOP s’il vous plaît',
  ],
  Portuguese: [
    'PARE',
    'sair',
    'Parem, por favor',
    'Não quero mais mensagens',
    'me remova da lista',
    'cancelar',
    'Descadastrar',
  ],
}

describe.each(Object.entries(stops))('in %s', (_, replies) => {
  it.each(replies)('"%s" stops texts', (reply) => {
    expect(readReply(reply)).toBe('stop')
  })
})

it.each([
  "Can't stop by before 5",
  'Can you stop by tomorrow?',
  "Don't stop, love your work",
  'Stop by anytime',
  'The bus stop is right outside',
  'The leak won’t stop',
  'It stopped, thank you!',
  'It stopped working again',
  'Please cancel my appointment',
  'cancel Tuesday',
  'At the end of the week',
  'The end',
  'I quit my job',
  'Remove the old faucet please',
  'No more leaks, thanks!',
  'No',
  'Liked “Reply STOP to opt out”',
  'Do I reply stop to end this?',
  'Wann hört das auf?',
  'Können Sie am Ende der Straße halten?',
  'Para el martes está bien',
  'Le robinet ne s’arrête pas',
  'Para quando?',
  'Quero sair de casa às 9',
  'fin de semana',
  '👍',
  '',
  '   ',
])('"%s" is for a person to read', (reply) => {
  expect(readReply(reply)).toBe('none')
})

it.each(['START', 'unstop', 'Yes', 'start!', 'ALTA', 'reprendre', 'voltar'])('"%s" starts texts again', (reply) => {
  expect(readReply(reply)).toBe('start')
})

it.each(['HELP', 'info?', 'Hilfe', 'Ayuda', 'aide', 'ajuda'])('"%s" asks for help', (reply) => {
  expect(readReply(reply)).toBe('help')
})

it('reads ten thousand characters at once', () => {
  const started = performance.now()
  for (const text of ['stop '.repeat(2_000), 'a '.repeat(5_000), '́'.repeat(10_000)]) readReply(text)
  expect(performance.now() - started).toBeLessThan(1_000)
})

describe('a number', () => {
  it('is stopped until its owner starts it again, in whatever order that is told', () => {
    const [stop, start] = [{ wish: 'stop', at: 1 } as const, { wish: 'start', at: 2 } as const]
    expect(isStopped([])).toBe(false)
    expect(isStopped([stop])).toBe(true)
    for (const events of [
      [stop, start],
      [start, stop],
    ])
      expect(isStopped(events)).toBe(false)
    expect(isStopped([stop, start, { wish: 'stop', at: 3 }])).toBe(true)
    expect(isStopped([{ ...start, at: 1 }, stop])).toBe(true)
  })

  it.each([
    [21_610, 'stopped'],
    [21_635, 'landline'],
    [30_006, 'landline'],
    [30_007, null],
    [20_429, null],
  ])('that the provider refuses with %i is %s', (code, state) => {
    expect(numberAfterRefusal(code)).toBe(state)
  })
})
