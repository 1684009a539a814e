import { describe, expect, it } from 'vitest';
import type { RecentProject } from '@/bridge';
import { choosable, usersOf } from './model';

const project = (id: string, more: Partial<RecentProject>): RecentProject => ({ id, name: id, folder: '~', config: 'serverless.yml', openedAt: '', missing: false, stage: null, target: { kind: 'sandbox' }, last: null, ...more });
const recent = [project('a', { target: { kind: 'account', profile: 'acme' } }), project('b', {}), project('c', { target: { kind: 'account', profile: null } }), project('d', { target: { kind: 'account', profile: 'acme' }, missing: true })];

describe('profiles', () => {
  it('are used by the projects that name them, and by no other', () => {
    expect(usersOf('acme', recent).map((one) => one.id)).toEqual(['a', 'd']);
    expect(usersOf('default', recent)).toEqual([]);
  });
  it('are given to projects whose folder is there', () => {
    expect(choosable(recent).map((one) => one.id)).toEqual(['a', 'b', 'c']);
  });
});
