import type { Connection } from '@goodword/contracts'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** What the frame of Jobs has loaded for its tabs. */
export const JobsFrameContext = createContext<{ connections: readonly Connection[] }>({ connections: [] })

export const useJobsFrame = () => useContext(JobsFrameContext)
