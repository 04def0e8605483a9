import type { Client } from '@goodword/client'
import type { Campaign, Page } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { useConsole } from './console.ts'
import { createResource, type Resource } from './resource.ts'

/** All campaigns, newest first, however many pages they take. */
export async function everyCampaign(client: Client, abort: AbortSignal): Promise<Campaign[]> {
  const items: Campaign[] = []
  let cursor: string | null = null
  do {
    const query = { limit: 100, ...(cursor === null ? {} : { cursor }) }
    const page: Page<Campaign> = await client.campaigns.list({ query }, { signal: abort })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

/** All campaigns to choose from and to name, newest first. */
export function useCampaigns(): Resource<Campaign[]> {
  const { client } = useConsole()
  const campaigns = useMemo(() => createResource((abort) => everyCampaign(client, abort)), [client])
  useEffect(() => void campaigns.load(), [campaigns])
  return campaigns
}
