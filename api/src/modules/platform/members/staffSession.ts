/** A signed-in person and the organization they currently work in. */
export type StaffSession = { id: string; personId: string; organizationId: string }
