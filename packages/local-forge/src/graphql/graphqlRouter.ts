import express from 'express';
import type { Forge } from '../domain/Forge';

export function graphqlRouter(_forge: Forge): express.Router {
  return express.Router();
}
