import type { Problem, Template } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';

const python = ['python3.13', 'python3.12', 'python3.11', 'python3.10'];
const one = (id: string, title: string, text: string, makes: string, picture: string[], runtimes: string[], files: string[]): Template => ({ id, title, text, makes, picture, runtimes, files: [...files, '.gitignore'] });

const all: Template[] = [
  one('aws-python', 'Python function', 'One Python function that answers HTTP calls.', '1 function, 1 HTTP API', ['web', 'api', 'function'], python, ['serverless.yml', 'handler.py']),
  one('aws-node', 'Node function', 'One Node function that answers HTTP calls.', '1 function, 1 HTTP API', ['web', 'api', 'function'], ['nodejs22.x', 'nodejs24.x', 'nodejs20.x'], ['serverless.yml', 'package.json', 'src/hello.js']),
  one('python-kms', 'Python with a secret', 'A function that reads one encrypted secret when it runs, with a role that may read nothing else.', '1 function, 1 role', ['function', 'secret', 'key'], python, ['serverless.yml', 'handler.py']),
  one('flask', 'Flask application', 'A Flask application behind an HTTP API.', '1 function, 1 HTTP API', ['web', 'api', 'function'], python, ['serverless.yml', 'app.py', 'requirements.txt']),
  one('django', 'Django application', 'A Django project behind an HTTP API.', '1 function, 1 HTTP API', ['web', 'api', 'function'], python, ['serverless.yml', 'requirements.txt', 'site/manage.py', 'site/settings.py', 'site/urls.py', 'site/wsgi.py']),
  one('scheduled-job', 'Scheduled job', 'A Python function that runs by the clock, one run at a time.', '1 function, 1 schedule', ['schedule', 'function'], python, ['serverless.yml', 'job.py']),
  one('queue-worker', 'Queue worker', 'A queue that takes jobs over HTTP, and a worker that does them; what fails is tried again, then kept.', '2 functions, 1 HTTP API, 2 queues', ['web', 'function', 'queue', 'function'], python, ['serverless.yml', 'worker.py']),
];

const problem = (more: Partial<Problem>): Problem => ({ code: 'USAGE', kind: 'user', title: '', detail: null, hints: [], retry: 'after', findings: [], failure: null, ...more });
const badName = problem({ title: '`my_service` cannot be the name of a service', hints: ['Use letters, digits and hyphens, a letter first, such as `my-service`'] });
const taken = problem({ code: 'FOLDER_TAKEN', title: '`/home/ana/pilothouse-services/orders` is not empty', detail: 'it holds `serverless.yml`', hints: ['Choose another name or folder; nothing was written'] });

const templates = () => Promise.resolve(all);
const checkName = () => Promise.resolve();

export const scenes: Record<string, Scene> = {
  'new-service': { path: '/new', calls: { templates, checkName } },
  'new-service-reading': { path: '/new', calls: { templates: forever } },
  'new-service-not-read': { path: '/new', calls: { templates: () => Promise.reject(problem({ title: 'the window has no engine' })) } },
  'new-service-bad-name': { path: '/new', press: ['service-name=my_service'], calls: { templates, checkName: () => Promise.reject(badName) } },
  'new-service-long-name': { path: '/new', press: ['service-name=orders-of-the-european-platform-team-eu'], calls: { templates, checkName } },
  'new-service-taken': { path: '/new', press: ['service-name=orders', 'create-service'], calls: { templates, checkName, createService: () => Promise.reject(taken) } },
  'new-service-busy': { path: '/new', press: ['service-name=orders', 'template-queue-worker', 'create-service'], calls: { templates, checkName, createService: forever } },
};
