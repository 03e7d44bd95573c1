import sys; sys.path.insert(0,'/tmp/G')
from fair import *
from hopfield_nb.classifier.estimator import ModernHopfieldClassifier as M
torch.set_num_threads(1)
with open('/tmp/G/ours.csv','a') as f:
    for seed in range(5):
        for data in ("mnist","fashion-mnist"):
            im=load_images(data,10_000); Z,T=standard(im.X_train,im.X_test)
            for row in rows_of("default",lambda Z,y,s,_: M(random_state=s).fit(Z,y).predict,10,Z,im.y_train,T,im.y_test,seed,"test",(0,2,4,6)):
                f.write(",".join(map(str,(data,*row)))+"\n"); f.flush()
