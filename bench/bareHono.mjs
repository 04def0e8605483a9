import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const page = 'x'.repeat(Number(process.argv[2]))

const app = new Hono()
app.get('/', (http) => http.text('ready'))
app.get('/r/:code', (http) => http.html(page))

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
