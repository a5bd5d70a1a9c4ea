import { CURRENT_N8N } from '../editor/install';
import { REDIS_OPTIONS, SETTINGS, settingsFor, type Settings } from '../editor/queueMode/settings';

/** Who is where, and what the owner chooses. */
const PLACE = {
	...settingsFor({
		postgres: {
			host: 'postgres',
			port: 5432,
			user: 'n8n',
			password: chosen('POSTGRES_PASSWORD'),
			database: 'n8n',
		},
		redis: { host: 'redis', port: 6379, password: chosen('REDIS_PASSWORD') },
		encryptionKey: chosen('N8N_ENCRYPTION_KEY'),
		webhookUrl: `https://${chosen('N8N_DOMAIN')}`,
	}),
	N8N_EDITOR_BASE_URL: `https://${chosen('N8N_DOMAIN')}`,
	// The proxy below.
	N8N_PROXY_HOPS: '1',
	GENERIC_TIMEZONE: chosen('TIMEZONE'),
};

/** How much longer Docker waits for n8n than n8n waits for its executions, in s. */
const GRACE_MARGIN_SECONDS = 10;

/** For Node, because n8n's image need not have another program that asks for a page. */
const CHECK =
	"fetch('http://127.0.0.1:5678/healthz/readiness').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))";

/** @returns docs/queue-mode/compose.yaml, with the settings of the tests */
export function composeFile(): string {
	const { all, main, worker, webhook } = SETTINGS;
	const gracePeriod = Number(all.N8N_GRACEFUL_SHUTDOWN_TIMEOUT.value) + GRACE_MARGIN_SECONDS;
	return `# n8n in queue mode with the SendPilot nodes, see docs/scaling.md.
# It has the settings of the tests. Change your own copy.
name: n8n-sendpilot

x-settings: &settings
${lines(PLACE, 2)}
${lines(valuesOf(all), 2)}

x-n8n: &n8n
  image: n8nio/n8n:${CURRENT_N8N}
  restart: unless-stopped
  # Longer than N8N_GRACEFUL_SHUTDOWN_TIMEOUT.
  stop_grace_period: ${gracePeriod}s
  volumes:
    - nodes:/home/node/.n8n/nodes
  healthcheck:
    test:
      - CMD
      - node
      - -e
      - "${CHECK}"
    interval: 10s
    timeout: 5s
    retries: 6
    # The first start sets up the database.
    start_period: 3m

services:
  main:
    <<: *n8n
${environment(main)}
    volumes:
      - n8n:/home/node/.n8n
      - nodes:/home/node/.n8n/nodes
    depends_on:
      package:
        condition: service_completed_successfully
      postgres:
        condition: service_healthy
      redis:
        condition: service_healthy

  worker:
    <<: *n8n
    command: worker
${environment(worker)}
    deploy:
      replicas: 2
    # Main sets up the database.
    depends_on: &after-main
      main:
        condition: service_healthy

  # Each has a name, by which the proxy asks it whether it is ready.
  webhook-1: &webhook
    <<: *n8n
    command: webhook
${environment(webhook)}
    depends_on: *after-main
  webhook-2: *webhook

  # Installs the nodes for all of n8n, and ends.
  package:
    image: n8nio/n8n:${CURRENT_N8N}
    # A new volume belongs to root, and n8n runs as node.
    user: root
    entrypoint: [/bin/sh, -c]
    command:
      # Each up starts this again, so it leaves what is there: running processes use it.
      - >-
        if [ "$$(cat .installed 2>/dev/null)" != "$$PACKAGES" ]; then
        npm install --prefix . --ignore-scripts --omit=peer --no-audit --no-fund $$PACKAGES
        && chown -R node:node . && echo "$$PACKAGES" > .installed || exit 1; fi;
        echo "Installed: $$PACKAGES"
    working_dir: /home/node/.n8n/nodes
    environment:
      PACKAGES: '${chosen('SENDPILOT_PACKAGE')} \${OTHER_PACKAGES:-}'
    volumes:
      - nodes:/home/node/.n8n/nodes
      - ./packages:/packages:ro

  proxy:
    image: caddy:2.11.4
    restart: unless-stopped
    environment:
      N8N_DOMAIN: '${chosen('N8N_DOMAIN')}'
    ports:
      - '80:80'
      - '443:443'
    volumes:
      - ./Caddyfile:/etc/caddy/Caddyfile:ro
      - caddy:/data
    depends_on:
      main:
        condition: service_healthy
      webhook-1:
        condition: service_healthy
      webhook-2:
        condition: service_healthy

  postgres:
    image: postgres:15-alpine
    restart: unless-stopped
    environment:
      POSTGRES_DB: n8n
      POSTGRES_USER: n8n
      POSTGRES_PASSWORD: '${chosen('POSTGRES_PASSWORD')}'
    volumes:
      - postgres:/var/lib/postgresql/data
    healthcheck:
      # By TCP, which the server that sets up the database doesn't accept.
      test: [CMD, pg_isready, --host, 127.0.0.1, --username, n8n, --dbname, n8n]
      interval: 5s
      retries: 12

  redis:
    image: redis:7.0-alpine
    restart: unless-stopped
    # On disk, for executions that wait in the queue.
    command: ${redisCommand()}
    environment:
      # For the check below.
      REDISCLI_AUTH: '${chosen('REDIS_PASSWORD')}'
    volumes:
      - redis:/data
    healthcheck:
      # While it loads its data, it answers with an error.
      test: [CMD-SHELL, redis-cli ping | grep -q PONG]
      interval: 5s
      retries: 12

volumes:
  caddy:
  n8n:
  nodes:
  postgres:
  redis:
`;
}

/** @returns what Compose reads from `.env`, and doesn't start without */
function chosen(name: string): string {
	return `\${${name}:?Set it in .env}`;
}

function redisCommand(): string {
	const options = { ...REDIS_OPTIONS, requirepass: chosen('REDIS_PASSWORD') };
	return [
		'redis-server',
		...Object.entries(options).map(([name, value]) => `--${name} '${value}'`),
	].join(' ');
}

function environment(own: Settings): string {
	return ['    environment:', '      <<: *settings', lines(valuesOf(own), 6)].join('\n').trimEnd();
}

function valuesOf(settings: Settings): Record<string, string> {
	return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
}

/** @returns lines of YAML; all values as strings, because Compose accepts no `true` here */
function lines(values: Record<string, string>, indent: number): string {
	return Object.entries(values)
		.map(([name, value]) => `${' '.repeat(indent)}${name}: '${value.replaceAll("'", "''")}'`)
		.join('\n');
}
