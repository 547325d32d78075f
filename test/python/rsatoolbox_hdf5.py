"""Load a file of RDMs with rsatoolbox, say what it holds, and save a part of it for the other direction."""
import json
import os
import sys

from rsatoolbox.rdm import load_rdm

ours, theirs = sys.argv[1:]
rdms = load_rdm(ours)
print(json.dumps({
    'measure': rdms.dissimilarity_measure,
    'roi': [str(name) for name in rdms.rdm_descriptors['roi']],
    'layer': [int(number) for number in rdms.rdm_descriptors['layer']],
    'image': [str(name) for name in rdms.pattern_descriptors['image']],
    'dissimilarities': rdms.dissimilarities.tolist(),
}))
part = rdms.subset_pattern('image', ['car', 'cat'])
part.sort_by(image=['car', 'cat'])
if os.path.exists(theirs):
    os.remove(theirs)
part.save(theirs, file_type='hdf5')
