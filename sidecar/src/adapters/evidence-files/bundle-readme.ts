/** The README.txt of an exported bundle: how to verify it, with Tocsin and without. */

/** A Go program that checks signature, every tile and the root with golang.org/x/mod/sumdb alone. */
export const GO_VERIFIER = `package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("NOT VERIFIED:", err)
		os.Exit(1)
	}
}

type folder string

func (f folder) Height() int                     { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		path := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
		b, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

func main() {
	dir := os.Args[1]
	vkey, err := os.ReadFile(filepath.Join(dir, "log.vkey"))
	must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	must(err)
	raw, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	must(err)
	n, err := note.Open(raw, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(n.Text, "\\n")
	tree := tlog.Tree{}
	_, err = fmt.Sscan(lines[1], &tree.N)
	must(err)
	tree.Hash, err = tlog.ParseHash(lines[2])
	must(err)
	hashes := tlog.TileHashReader(tree, folder(dir))
	for at := int64(0); at < tree.N; at += 256 {
		width := tree.N - at
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: at / 256, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		must(err)
		for i := at; i < at+width; i++ {
			length := binary.BigEndian.Uint16(bundle)
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			proof, err := tlog.ProveRecord(tree.N, i, hashes)
			must(err)
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, i, tlog.RecordHash(entry)))
		}
	}
	fmt.Printf("verified: %s, %d entries, root %s\\n", strings.TrimSpace(lines[0]), tree.N, tree.Hash)
}
`;

/** Text of README.txt for a bundle of this log. */
export function bundleReadme(facts: {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}): string {
  return `EVIDENCE OF ${facts.origin}
${facts.size} entries, root ${facts.root}

This is an append-only Merkle log: every step from the first signal to the last receipt, without
personal data. Any changed, removed or reordered entry makes verification fail.

WHAT IS HERE
  checkpoint           size and root of the log, signed
  log.vkey             the public key, for convenience; compare it with one you got another way
  tile/entries/...     the entries, JSON, 256 to a file, each after its length (two bytes)
  tile/0/..., tile/1/  their hashes (https://c2sp.org/tlog-tiles)

VERIFY WITH TOCSIN (checks hashes, signature, approvals, dispatches and counts)
  tocsin verify <this file or folder> --vkey '<the key you got another way>'

VERIFY WITHOUT TOCSIN (checks hashes and signature; needs Go and golang.org/x/mod)
  Unpack, save the program at the end of this page as main.go in a folder of its own, then
  go mod init check && go get golang.org/x/mod && go run . <the unpacked folder>

READ THE ENTRIES
  strings -n 8 tile/entries/000 | head

The format is described in docs/evidence-log.md of Tocsin.

----- main.go -----
${GO_VERIFIER}`;
}
