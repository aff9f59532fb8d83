import express from 'express';
import type { Forge } from '../domain/Forge';
import { AccountRow } from '../store/rows';

export function pagesRouter(_forge: Forge, _user: AccountRow): express.Router {
  return express.Router();
}
