/** A signed-in person, and the organization they work in at the moment. */
export type StaffSession = { id: string; personId: string; organizationId: string }
