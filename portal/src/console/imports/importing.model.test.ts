import type { Import, ImportPreview } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { createImportHistory } from './importHistory.model.ts'
import { createImporting, duplicateColumns } from './importing.model.ts'
import { describeImport, describePreview, fieldLabel } from './imports.labels.ts'

const rows: ImportPreview['rows'] = [
  { line: 2, label: 'Anna', state: 'created', problem: null, note: null },
  { line: 3, label: 'Ben', state: 'wrong', problem: 'There is no name.', note: null },
]
const preview = (columns: ImportPreview['columns']): ImportPreview => ({
  heads: ['a', 'b'],
  columns,
  samples: [['Anna', 'anna@mail.example']],
  rows,
  created: 1,
  skipped: 0,
  wrong: 1,
  jobs: null,
})
const record: Import = {
  id: idOf('imp', 1),
  kind: 'advocates',
  fileName: 'old.csv',
  rows: 2,
  created: 1,
  skipped: 1,
  createdAt: '2026-05-29T17:00:00.000Z',
  undoneAt: null,
}
const columnsOf = (body: unknown) => (body as { columns?: ImportPreview['columns'] }).columns

function open(answer: Respond = () => json(record, 201)) {
  let keys = 0
  const { client, sent } = clientRespondingWith((one) =>
    one.path.endsWith('/preview') ? json(preview(columnsOf(one.body) ?? ['name', 'ignored'])) : answer(one),
  )
  const model = createImporting({
    client,
    newKey: () => {
      keys += 1
      return `key ${keys}`
    },
  })
  model.campaignId.value = idOf('cam', 1)
  model.lines.text.value = 'a,b\nAnna,anna@mail.example\n,ben@mail.example'
  return { model, sent }
}

describe('importing a file', () => {
  it('requires the file before it calls the server', async () => {
    const { model, sent } = open()
    model.lines.text.value = ' \n'
    expect(await model.read()).toBe(false)
    expect(model.reading.errors.value.text).toBe('Choose a file, or paste its rows.')
    expect(sent).toEqual([])
  })

  it('reparses the rows when a column is mapped differently', async () => {
    const { model, sent } = open()
    await model.read()
    expect(model.columns.value).toEqual(['name', 'ignored'])
    model.setColumn(1, 'email')
    expect(model.fresh.value).toBe(false)
    await expect.poll(() => model.fresh.value).toBe(true)
    expect(columnsOf(sent.at(-1)?.body)).toEqual(['name', 'email'])
  })

  it('rejects two columns with the same meaning at once, without a request', async () => {
    const { model, sent } = open()
    await model.read()
    model.setColumn(1, 'name')
    expect([...model.duplicates.value]).toEqual([
      [0, 'Two columns are "Name". Leave one out.'],
      [1, 'Two columns are "Name". Leave one out.'],
    ])
    expect(await model.run()).toBeNull()
    expect(sent).toHaveLength(1)
    expect(duplicateColumns('advocates', ['ignored', 'ignored', 'email']).size).toBe(0)
  })

  it('keeps the latest mapping while an earlier answer is in flight', async () => {
    const { model } = open()
    await model.read()
    model.setColumn(1, 'email')
    model.setColumn(1, 'name')
    await expect.poll(() => model.again.loading.value).toBe(false)
    expect(model.columns.value).toEqual(['name', 'name'])
    expect(model.fresh.value).toBe(false)
  })

  it('imports once, no matter how often the button is pressed, and keeps the text when it is rejected', async () => {
    let answers = 0
    const { model, sent } = open(() => {
      answers += 1
      return answers === 1 ? problemResponse('not_found') : json(record, 201)
    })
    await model.read()
    expect(await model.run()).toBeNull()
    expect(model.lines.text.value).not.toBe('')
    const [done, pressedTwice] = await Promise.all([model.run(), model.run()])
    expect([done?.id, pressedTwice]).toEqual([record.id, null])
    const [, first, second] = sent
    expect(first?.body).toMatchObject({ columns: ['name', 'ignored'], fileName: 'Pasted lines' })
    expect(second?.key).toBe(first?.key)
    expect(sent).toHaveLength(3)
    expect([model.lines.text.value, model.preview.value]).toEqual(['', null])
  })

  it('shows only the invalid rows on request, and all again when none is left', async () => {
    const { model } = open()
    await model.read()
    model.only('wrong')
    expect(model.rows.value.map(({ label }) => label)).toEqual(['Ben'])
    model.only('skipped')
    expect(model.rows.value).toEqual([])
    model.setColumn(1, 'email')
    await expect.poll(() => model.filter.value).toBe('all')
  })
})

describe('past imports', () => {
  const past = (answer: Respond) => {
    const { client, sent } = clientRespondingWith((one) =>
      one.method === 'GET' ? json({ items: [record], nextCursor: 'c2', previousCursor: 'c0' }) : answer(one),
    )
    const went: string[] = []
    return { model: createImportHistory({ client, navigate: (url) => went.push(url) }), sent, went }
  }

  it('are undone, with what stayed and why', async () => {
    const kept = [{ line: 2, why: 'This advocate has referrals.' }]
    const { model, sent } = past(() => json({ ...record, undoneAt: record.createdAt, removed: 0, kept }))
    model.ask(record)
    expect(await model.undo()).toBe(true)
    expect(model.undone.value?.kept).toEqual(kept)
    expect(model.asked.value).toBeNull()
    expect(sent[0]?.path).toBe(`/v1/imports/${record.id}/undo`)
    await expect.poll(() => sent[1]?.path).toBe('/v1/imports')
  })

  it('that someone else just undid are shown as undone', async () => {
    const { model, sent } = past(() => problemResponse('import_undone'))
    model.ask(record)
    expect(await model.undo()).toBe(false)
    expect(model.undoing.failure.value?.code).toBe('import_undone')
    await expect.poll(() => sent[1]?.path).toBe('/v1/imports')
  })

  it('have their page in the URL', async () => {
    const { model, went } = past(() => json({}))
    model.show({ cursor: null })
    await expect.poll(() => model.page.data.value).not.toBeNull()
    for (const to of ['next', 'previous', 'last', 'first'] as const) model.turn(to)
    expect(went).toEqual([
      '/console/settings/move?cursor=c2',
      '/console/settings/move?cursor=c0',
      '/console/settings/move?cursor=last',
      '/console/settings/move',
    ])
  })
})

describe('import messages', () => {
  it('count what happened', () => {
    expect(describePreview({ created: 1_180, skipped: 0, wrong: 2 })).toBe('1,180 will be created, 2 with errors')
    expect(describeImport({ kind: 'opening_balances', created: 1, skipped: 1 })).toBe(
      '1 opening balance imported. 1 row was left out.',
    )
  })

  it('distinguish the friend from the advocate in a file of referrals', () => {
    expect([fieldLabel('referrals', 'email'), fieldLabel('advocates', 'email')]).toEqual(['Friend: email', 'Email'])
  })
})
