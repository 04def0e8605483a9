import { parentPort, workerData } from 'node:worker_threads'
import Libsql from 'libsql'
import { LRUCache } from 'lru-cache'

/**
 * Reads the database file beside the event loop, for background.ts. Plain JavaScript, because Node runs it from source
 * as well as from the bundle. Like every reading connection, it never checkpoints.
 */
const connections = new Map()

function connect() {
  const connection = new Libsql(workerData.path)
  try {
    connection.exec('PRAGMA query_only = ON')
    // In KiB.
    connection.exec('PRAGMA cache_size = -8000')
  } catch (error) {
    connection.close()
    throw error
  }
  return { connection, prepared: new LRUCache({ max: 200 }) }
}

/** Connection 0 reads what is committed; each other one is a snapshot. */
function connectionOf(id) {
  const known = connections.get(id)
  if (known) return known
  const opened = connect()
  connections.set(id, opened)
  return opened
}

function ask({ id, sql, params }) {
  const { connection, prepared } = connectionOf(id)
  const statement = prepared.get(sql) ?? connection.prepare(sql).raw()
  prepared.set(sql, statement)
  return statement.all(params)
}

const tasks = {
  read(question) {
    try {
      return ask(question)
    } catch (error) {
      // One that could not read a page refuses every statement as long as the failed one is in memory. There is none if
      // it could not even be opened, and a snapshot can't be opened again.
      if (question.id === 0) {
        connections.get(0)?.connection.close()
        connections.delete(0)
      }
      throw error
    }
  },
  openSnapshot({ id }) {
    const { connection } = connectionOf(id)
    connection.exec('BEGIN')
    // A transaction reads from the snapshot of its first read.
    connection.prepare('SELECT count(*) FROM sqlite_master').raw().all([])
    return []
  },
  closeSnapshot({ id }) {
    const { connection } = connectionOf(id)
    connections.delete(id)
    // Closing alone would leave the transaction open until its statements are garbage collected.
    if (connection.inTransaction) connection.exec('ROLLBACK')
    connection.close()
    return []
  },
  end() {
    for (const id of [...connections.keys()]) tasks.closeSnapshot({ id })
    parentPort.close()
    return []
  },
}

parentPort.on('message', (message) => {
  try {
    parentPort.postMessage({ rows: tasks[message.task](message) })
  } catch (error) {
    parentPort.postMessage({ error: { message: error.message, code: error.code } })
  }
})
