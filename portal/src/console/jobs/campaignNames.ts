import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** The names of campaigns by their ids; null for one that isn't known. Provided where events are shown. */
export const CampaignNames = createContext<(id: string) => string | null>(() => null)

export const useCampaignNames = () => useContext(CampaignNames)
