import type { Random } from './random.ts'

export type Person = { name: string; email?: string; phone?: string }

const firstNames =
  'Adele Amara Arjun Astrid Bao Bianca Caleb Camille Chloé Clara Daniel Delia Dmitri Elif Emeka Esther Fatima Felix Freya Gabriel Greta Hana Henrik Ilse Imani Iván Jamal Jonas Jun Kaito Katya Keisha Lars Layla Lena Logan Lucía Mateo Mei Mila Nadia Niamh Nils Odette Oscar Paloma Petra Quentin Rafael Renée Rosa Saoirse Selin Silas Sofía Thandi Theo Uma Valentín Wren Xavier Yara Zeke Zoë'.split(
    ' ',
  )
const lastNames =
  'Abara Acosta Almeida Andersson Baptiste Barnes Bello Brennan Calloway Castellanos Chandra Cohen Dubois Eriksen Farouk Ferrara Flores Gallagher Goldberg Grant Gutiérrez Hale Hassan Hoffmann Ibarra Ito Jackson Johansson Kaplan Kim Kowalczyk Laurent Leclerc Lopez Maddox Malik Marchetti Mbeki Molina Nakamura Novak Ochoa O’Neill Okafor Park Patel Pereira Quispe Rahimi Romano Sato Schäfer Silva Sørensen Suzuki Thompson Torres Underwood Vargas Volkov Wallace Yilmaz Zhang Zielińska'.split(
    ' ',
  )

/** As long as names on forms get: sixty characters. */
export const longName = 'Dr. Maximiliana Aurelia Featherstonehaugh-Montgomery Delgado'

/** Generated names that no one else in the demo has; about four thousand. */
export function* generateNames(random: Random): Generator<string, never> {
  const firsts = random.shuffled(firstNames)
  const lasts = random.shuffled(lastNames)
  for (let round = 1; ; round += 1) {
    for (const [index, first] of firsts.entries()) {
      const last = lasts[(index + round) % lasts.length] ?? ''
      yield `${first} ${last}`
    }
  }
}

/**
 * Phone numbers from 555-01xx, which is reserved for fiction. Those with 415 come last, so that someone who tries the
 * form with the business's area code matches nobody.
 */
export function* fictionalPhones(): Generator<string, never> {
  for (let number = 1; ; number += 1) {
    const line = String((number * 7) % 100).padStart(2, '0')
    const area = ['628', '510', '415'][Math.floor(number / 100) % 3]
    if (line !== '00') yield `(${area}) 555-01${line}`
  }
}

/** "tomas.rivera@mail.example" */
export const emailFor = (name: string): string => {
  const plain = name.normalize('NFKD').replace(/ø/g, 'o').toLowerCase()
  const words = plain.replace(/[^a-z\s-]/g, '').trim()
  return `${words
    .split(/[\s-]+/)
    .slice(-3)
    .join('.')}@mail.example`
}

/** Contact details as people give them: most leave a phone, some only an email. */
export function contactDetails(name: string, random: Random, phones: Generator<string, never>): Person {
  const way = random.between(0, 1)
  if (way < 0.3) return { name, email: emailFor(name) }
  const phone = phones.next().value
  return way < 0.55 ? { name, phone } : { name, email: emailFor(name), phone }
}
