import type { Connection } from '@goodword/contracts'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** What the frame of Jobs has for its tabs: the connections, and the dialog for a finished job. */
export const JobsFrameContext = createContext<{ connections: readonly Connection[]; finishJob: () => void }>({
  connections: [],
  finishJob: () => {},
})

export const useJobsFrame = () => useContext(JobsFrameContext)
