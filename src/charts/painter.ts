/** The process that draws: a chart as JSON comes in, a PNG goes out. It is started by `index.ts`, once for each picture. */
import { json } from 'node:stream/consumers';
import type { Chart } from '../core/index.ts';
import { paint } from './paint.ts';

process.stdout.write(paint((await json(process.stdin)) as Chart));
