import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: './api/src/database/schema.ts',
  out: './api/migrations',
})
