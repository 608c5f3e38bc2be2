// A filter as a tree. Fields and operators of the command-line contract that this version answers.

import type { Block } from "../ip.ts";

export type TextField = "state" | "decision" | "enc" | "nic" | "acl" | "rule" | "flowlog" | "dir";
export type NumberField = "port" | "sport" | "dport" | "proto";
export type AddressField = "ip" | "src" | "dst";

/** Inclusive at both ends. */
export type NumberRange = { readonly from: number; readonly to: number };

export type AddressValue = Block | "private" | "public";

/**
 * A test holds for a tuple when any of its values matches. `!=` is written as not(any): `ip != x` means neither end is x.
 * Texts compare without case; `null` as text matches where the log names none.
 */
export type Test =
  | { readonly kind: "address"; readonly field: AddressField; readonly values: readonly AddressValue[] }
  | { readonly kind: "number"; readonly field: NumberField; readonly values: readonly NumberRange[] }
  | {
      readonly kind: "text";
      readonly field: TextField;
      readonly match: "equal" | "contains";
      readonly values: readonly string[];
    };

export type Filter =
  | Test
  | { readonly kind: "and"; readonly all: readonly Filter[] }
  | { readonly kind: "or"; readonly any: readonly Filter[] }
  | { readonly kind: "not"; readonly one: Filter }
  | { readonly kind: "everything" };
