/** Where our readers and Python's differ: which files, how, and why ours is right or as good. */
export const explained = [
  {
    id: /: a thousand lists in one another$/,
    kind: "they refuse",
    why: "numpy would run a pickle as a program, and is not asked; ours makes plain data of it",
  },
  {
    id: /version 7\.3$|^fixture: (mat\/v73|rim\/empty0|epoched\/\w*73)\.mat$/,
    kind: "they refuse",
    why: "scipy does not read MATLAB 7.3; test/io/mat holds ours to the arrays that were written",
  },
  {
    id: /^fixture: mat\/v[57]\.mat$|: a billion rows of no characters$/,
    kind: "different",
    why: "text without characters is one empty text here, and no text at all in scipy",
  },
  {
    id: / mat \.mat: a function$/,
    kind: "different",
    why: "a function handle is said to be one; scipy gives its workspace as if it were the value",
  },
  {
    id: / mat \.mat: a sparse matrix$/,
    kind: "they refuse",
    why: "a sparse matrix is not read, but named, so that the file's other variables can be",
  },
  {
    id: / mat \.mat: a name of JavaScript's own$/,
    kind: "different",
    why: "scipy keeps names that begin with __ for itself",
  },
  {
    id: / csv \.csv: (labels with zeros in front|an integer that float64|a number beyond float64)/,
    kind: "different",
    why: "text that a float64 would not give back stays text; pandas changes it",
  },
  {
    id: / csv \.csv: a header alone$/,
    kind: "different",
    why: "a column without values is of numbers here, of objects in pandas",
  },
  {
    id: / epochs -epo\.fif: packed under a name that does not say so$/,
    kind: "they refuse",
    why: "ours knows gzip by its first bytes, MNE by the file's name",
  },
  {
    id: / epochs -epo\.fif: its first tag twice$/,
    kind: "they refuse",
    why: "MNE wants the pointer to a directory that neither needs; the data are whole",
  },
  {
    id: / nifti \.nii: two extensions and zeros to fill$/,
    kind: "they refuse",
    why: "zeros after the last extension are filling; nibabel takes them for one more",
  },
  {
    id: /^fixture: nifti\/surface\//,
    kind: "different",
    why: "vertices on one axis have no place in space; the affine is what each makes of a header that gives none",
  },
  {
    id: /: a wrong checksum of a text, which is no pixel$/,
    kind: "they refuse",
    why: "libvips passes over a damaged comment; a damaged checksum of pixels, palette or transparency is refused",
  },
  {
    id: / notebook \.ipynb: (a byte order mark|more keys than|a key of JavaScript's own)/,
    kind: "they refuse",
    why: "all that a cell needs is there; keys that nobody uses and a byte order mark do no harm",
  },
  {
    id: /^fixture: surface\/formats\/demo\.\w+\.nii$/,
    kind: "they refuse",
    why: "nibabel opens CIFTI as another kind of image, without an affine; test/io/cifti holds ours to its values",
  },
];
