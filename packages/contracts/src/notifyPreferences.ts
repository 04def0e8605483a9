/** Notification preference: everything, only rewards, or nothing about the program. */
export const notifyPreferences = ['all', 'rewards', 'none'] as const
